import type { TestOrganisation } from './test-app.js';

/** What tests look at in replies about people, groups and endpoints. */
export interface DirectoryBody {
  id: string;
  code: string;
  name: string;
  path: string;
  status: string;
  updatedAt: string;
  groups: Record<string, string[]>;
  items: { id: string; code: string; recipient: string | null }[];
  nextCursor: string | null;
}

export interface DirectoryReply {
  status: number;
  body: DirectoryBody;
}

/** One organisation's people, groups and endpoints, as its application calls them; paths are below `/api/v1/`. */
export class DirectoryApi {
  constructor(private readonly organisation: TestOrganisation) {}

  async call(method: string, path: string, request?: unknown): Promise<DirectoryReply> {
    const { status, body } = await this.organisation.call(method, `/api/v1/${path}`, request);
    return { status, body: body as DirectoryBody };
  }

  /** Creates something; fails unless that succeeds. */
  async create(path: string, request: unknown): Promise<DirectoryBody> {
    const { status, body } = await this.call('POST', path, request);
    if (status !== 201) throw new Error(`POST ${path} was answered with ${status}: ${JSON.stringify(body)}`);
    return body;
  }

  get(path: string): Promise<DirectoryReply> {
    return this.call('GET', path);
  }

  patch(path: string, request: unknown): Promise<DirectoryReply> {
    return this.call('PATCH', path, request);
  }

  /** The codes that a list holds. */
  async codes(path: string): Promise<string[]> {
    const { body } = await this.get(path);
    return body.items.map(({ code }) => code);
  }
}
