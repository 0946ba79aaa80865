import { Problem } from '../../common/problem.js';
import { LANYING_MESSAGES, type LanyingCode } from './lanying-codes.js';

/** A refusal with a code of the product's own; wrong parameters are plain InvalidRequests and become 10002. */
export class LanyingFault extends Problem {
  constructor(readonly wire: LanyingCode) {
    super(400, `lanying_${wire}`, LANYING_MESSAGES[wire]);
  }
}
