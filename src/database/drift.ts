import { createDataSource } from './data-source.js';

/** What would have to change for the database at `url` to be what the entities say; empty when they agree. */
export async function schemaDrift(url: string): Promise<string[]> {
  const dataSource = createDataSource(url, 2);
  await dataSource.initialize();
  try {
    const { upQueries } = await dataSource.driver.createSchemaBuilder().log();
    return upQueries.map(({ query }) => query);
  } finally {
    await dataSource.destroy();
  }
}
