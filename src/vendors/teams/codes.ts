import { type CodeTable, CREDENTIALS, type StatusTable } from '../transport/judgement.js';

/** `error.code` of a refusal by the workflow service. An account is one flow, so that a flow in the wrong state is a wrong account. */
export const CODES: CodeTable = {
  DirectApiAuthorizationRequired: CREDENTIALS, // the sig is missing, or the flow takes calls of signed-in people only
  DirectApiInvalidAuthorizationScheme: CREDENTIALS,
  InvalidRequestContent: 'rejected',
  MisMatchingOAuthClaims: CREDENTIALS,
  TriggerInputSchemaMismatch: CREDENTIALS, // somebody changed what the flow takes
  WorkflowNotFound: CREDENTIALS,
  WorkflowTriggerIsNotEnabled: CREDENTIALS, // switched off or deleted, which is told as a 400
};

/** Statuses without one of these codes; the others have their usual meaning. */
export const STATUSES: StatusTable = {
  400: 'rejected',
  401: CREDENTIALS,
  403: CREDENTIALS,
  404: CREDENTIALS,
  405: CREDENTIALS, // the address of something else
  410: CREDENTIALS,
  413: 'rejected',
};
