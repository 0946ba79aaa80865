/** Requests that work as they stand against the demo organisation. */
export const MESSAGE_EXAMPLES = {
  inbox: {
    summary: 'To one user, in the inbox',
    value: {
      audience: { users: ['USER001'] },
      content: { '1002': { title: 'Your results are ready', text: 'Please come to the outpatient clinic.' } },
    },
  },
  sms: {
    summary: 'To a phone number, by SMS',
    description: 'The number need not belong to anybody known. With the dedup key the call can be repeated safely.',
    value: {
      audience: { addresses: { '1001': ['18660886275'] } },
      content: { '1001': { text: 'Your code is 4711.', sign: 'City Hospital' } },
      priority: 'high',
      dedupKey: 'login-code-4711',
    },
  },
  broadcast: {
    summary: 'To everyone but a few',
    value: {
      audience: { all: true, exclude: { users: ['USER002'], departments: ['DEPT002'] } },
      content: { '1002': { title: 'Maintenance tonight', text: 'The portal is switched off from 22:00 to 23:00.' } },
      priority: 'low',
      category: 'maintenance',
    },
  },
  template: {
    summary: 'From a template, to departments, posts and roles',
    value: {
      audience: { departments: ['DEPT001'], posts: ['POST001'], roles: ['ROLE001'] },
      template: { code: 'MSG1001', params: { code: 'Meidcal1001', name: 'Patient 001' } },
      correlationId: 'visit-20261201-7',
      sender: { code: 'lab', name: 'Laboratory' },
    },
  },
  timed: {
    summary: 'Later, through two channels',
    description: 'Choose a `sendAt` ahead of you; a time that is past means now.',
    value: {
      audience: { users: ['USER001', 'USER002'] },
      content: {
        '1002': { title: 'Appointment tomorrow', text: 'We expect you at 9:00.' },
        '1003': { title: 'Appointment tomorrow', html: '<p>We expect you at <b>9:00</b>.</p>' },
      },
      sendAt: '2027-01-04T08:00:00+08:00',
    },
  },
};
