import { Coalescer } from '../../common/coalescer.js';

/** Questions of many connections of an organisation, asked together in one query. */
export class ByOrganisation<Q, A> {
  private readonly coalescers = new Map<number, Coalescer<Q, A>>();

  /** `ask` returns one answer per question, in order. */
  constructor(
    private readonly ask: (organisationId: number, questions: Q[]) => Promise<A[]>,
    private readonly most: number,
  ) {}

  about(organisationId: number, question: Q): Promise<A> {
    let coalescer = this.coalescers.get(organisationId);
    if (coalescer === undefined) {
      coalescer = new Coalescer((questions) => this.ask(organisationId, questions), this.most);
      this.coalescers.set(organisationId, coalescer);
    }
    return coalescer.add(question);
  }
}
