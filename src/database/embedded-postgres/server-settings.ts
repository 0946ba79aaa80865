/** Settings for a small machine that Tidings shares with its database. They are given at each start, so they can change. */
const SETTINGS: Readonly<Record<string, string>> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '100',
  shared_buffers: '128MB',
  effective_cache_size: '1GB',
  wal_compression: 'on',
  // Fewer checkpoints while a broadcast writes millions of rows.
  max_wal_size: '2GB',
  checkpoint_timeout: '15min',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  lc_messages: 'C',
  // Failed statements are reported to the client that sent them; the server's log is for the server.
  log_min_messages: 'log',
  log_checkpoints: 'off',
  log_line_prefix: '',
};

/** For tests only: fast; survives the death of a process, but not that of the machine. */
const NOT_DURABLE: Readonly<Record<string, string>> = {
  fsync: 'off',
  full_page_writes: 'off',
};

/** Arguments of the `postgres` program. */
export function serverArguments(folder: string, port: number, durable: boolean): string[] {
  const settings = Object.entries({ ...SETTINGS, ...(durable ? {} : NOT_DURABLE), port: String(port) });
  return ['-D', folder, ...settings.flatMap(([name, value]) => ['-c', `${name}=${value}`])];
}
