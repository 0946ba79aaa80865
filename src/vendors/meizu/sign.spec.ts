import { describe, expect, it } from '@jest/globals';
import { signed } from './sign.js';

describe('the signature of Meizu', () => {
  it('is over the parameters by their names, and the secret', () => {
    const messageJson = '{"noticeBarInfo":{"title":"t","content":"c"}}';
    const form = signed({ pushIds: 'A1,A2', appId: '1000000', messageJson }, 'demoSecret');
    expect(form.get('sign')).toBe('60611c37ae2cf536f9c7e9dea1e277c6');
  });

  it('is the one that Meizu prints in its documentation', () => {
    const messageJson = '{"title":"title","content":"content","pushTimeInfo":{"offLine":1,"validTime":24}}';
    const pushIds = 'RA50c6348036344485d01776773577c64740465480a6b';
    const form = signed({ appId: '10000', pushIds, messageJson }, '<APP_SECRET>');
    expect(form.get('sign')).toBe('ac076ff25d9900015a681cb5172aa53b');
  });
});
