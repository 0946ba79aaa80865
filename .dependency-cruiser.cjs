/** Who may know whom: vendors and dialects are leaves, domain code knows no DTO, and nothing goes round in a circle. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'vendors-are-leaves',
      comment: 'A vendor knows the contract, the kinds of channels and common code; no message, table or organisation.',
      severity: 'error',
      from: { path: '^src/vendors/', pathNot: '\\.spec\\.ts$' },
      to: {
        path: '^src/(access|recipients|templates|messages|deliveries|scheduler|realtime|dialects|database|health|demo)/',
      },
    },
    {
      name: 'nobody-imports-a-vendor',
      comment: 'The registry lists vendors; the rest asks the registry.',
      severity: 'error',
      from: { path: '^src/', pathNot: '(^src/(vendors|demo)/|\\.spec\\.ts$)' },
      to: { path: '^src/vendors/[^/]+/', pathNot: '^src/vendors/sandbox/sandbox-journal\\.ts$' },
    },
    {
      name: 'nobody-imports-a-dialect',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(dialects|app\\.module\\.ts|demo)' },
      to: { path: '^src/dialects/' },
    },
    {
      name: 'dialects-know-no-table',
      severity: 'error',
      from: { path: '^src/dialects/' },
      to: { path: '(\\.entity\\.ts$|^src/database/)' },
    },
    {
      name: 'domain-knows-no-dto',
      comment: 'Controllers and their mappers translate; services take and give domain objects.',
      severity: 'error',
      from: { path: '^src/(messages|vendors|templates/rendering)/[^/]+\\.ts$' },
      to: { path: '\\.dto\\.ts$' },
    },
    {
      name: 'common-knows-no-domain',
      severity: 'error',
      from: { path: '^src/common/' },
      to: {
        path: '^src/(access|recipients|templates|channels|vendors|messages|deliveries|scheduler|realtime|dialects)/',
      },
    },
    {
      name: 'product-knows-no-test',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^test/' },
    },
    {
      name: 'not-to-dev-dependencies',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.spec\\.ts$' },
      to: { dependencyTypes: ['npm-dev'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { extensions: ['.ts', '.js'], conditionNames: ['import', 'node', 'default'] },
  },
};
