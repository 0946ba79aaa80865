import { fork } from 'node:child_process';
import { once } from 'node:events';

/** A program of the tests that runs in a process of its own until it is stopped. */
export interface ChildProgram<T> {
  /** What it said when it was ready. */
  ready: T;
  /** Tells it something while it runs, and resolves with its answer. One at a time. */
  ask<Answer>(message: unknown): Promise<Answer>;
  stop(): Promise<void>;
}

/** Starts a built file with one argument, given as JSON, and waits for the first message it sends with {@link tellParent}. */
export async function startProgram<T>(file: URL, argument: unknown): Promise<ChildProgram<T>> {
  const child = fork(file, [JSON.stringify(argument)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const ended = once(child, 'exit');
  const ready = new Promise<T>((resolve, reject) => {
    child.once('message', (message) => resolve(message as T));
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`${file.pathname} ended with ${code} before it said anything`)));
  });
  return {
    ready: await ready,
    ask: async <Answer>(message: unknown) => {
      const answer = once(child, 'message');
      child.send(message as string | object);
      return (await answer)[0] as Answer;
    },
    stop: async () => {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Runs a program to its end, which is its first message. */
export async function runProgram<T>(file: URL, argument: unknown): Promise<T> {
  const program = await startProgram<T>(file, argument);
  await program.stop();
  return program.ready;
}

/** In the program: the argument it was started with. */
export const programArgument = (): unknown => JSON.parse(process.argv[2] ?? 'null');

/** In the program: what its starter waits for. */
export function tellParent(message: unknown): void {
  if (process.send === undefined) throw new Error('This program is started by another');
  process.send(message);
}
