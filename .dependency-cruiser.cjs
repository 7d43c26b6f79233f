// Which folder may import which, checked by `npm run lint`. `npm run imports` draws it.
// Imports of types count: what is only a type today is code tomorrow.

/** What each folder of lib may import besides itself. What is not named here may import nothing of lib. */
const LIB = {
  hcl: [],
  iam: [],
  output: [],
  'vault-api': [],
  policy: ['hcl'],
  terraform: ['iam'],
  agent: ['hcl', 'iam', 'policy'],
  access: ['iam', 'output', 'policy', 'terraform'],
  review: ['access', 'iam', 'output', 'policy', 'terraform'],
  constructs: ['agent', 'iam', 'policy', 'terraform', 'vault-api'],
  operate: ['access', 'agent', 'constructs', 'iam', 'output', 'policy', 'terraform', 'vault-api'],
};

/** These hold no cdktf, no network and no file system, so that anything may use them and tests are fast. */
const PURE = '^lib/(?:hcl|iam|policy)/';

const directions = Object.entries(LIB).map(([folder, allowed]) => ({
  name: `imports-of-${folder}`,
  severity: 'error',
  comment: `lib/${folder} may import ${allowed.length > 0 ? allowed.join(', ') : 'no other folder'}: see .dependency-cruiser.cjs.`,
  from: { path: `^lib/${folder}/` },
  to: { path: '^(?:lib|bin|sandbox|settings)', pathNot: `^lib/(?:${[folder, ...allowed].join('|')})/` },
}));

/** A folder whose index is its door. */
const DOOR = '(lib/(?:constructs/(?:aws|checks|stacks|terraform|vault)|operate/[^/]+|[^/]+))/';

module.exports = {
  forbidden: [
    ...directions,
    {
      name: 'no-cycle',
      severity: 'error',
      comment: 'Move what both files need into a third one.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'no-cycle-of-folders',
      severity: 'error',
      comment: 'Move what both folders need into a third one.',
      scope: 'folder',
      from: { path: '^(?:lib|sandbox)/' },
      to: { circular: true },
    },
    {
      name: 'pure-folders',
      severity: 'error',
      comment: 'hcl, iam and policy use no package: no cdktf, no network and no file system.',
      from: { path: PURE, pathNot: '^lib/iam/statements\\.ts$' },
      to: { path: '(?:^|/)node_modules/' },
    },
    {
      name: 'statements-use-only-the-documents-of-iam',
      severity: 'error',
      comment: 'aws-cdk-lib/aws-iam reads the statements of IAM documents.',
      from: { path: '^lib/iam/statements\\.ts$' },
      to: { path: '(?:^|/)node_modules/', pathNot: '(?:^|/)node_modules/aws-cdk-lib/aws-iam/' },
    },
    {
      name: 'pure-folders-use-no-node-module',
      severity: 'error',
      comment: 'hcl, iam and policy use no cdktf, no network and no file system.',
      from: { path: PURE },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'sandbox-starts-from-bin',
      severity: 'error',
      comment: 'The sandbox is for trials and tests: nothing that people import uses it.',
      from: { path: '^lib/' },
      to: { path: '^(?:sandbox|bin)/' },
    },
    {
      name: 'by-the-index',
      severity: 'error',
      comment: "What other folders use is in a folder's index.",
      from: { path: `^${DOOR}` },
      to: { path: `^${DOOR}`, pathNot: [`^${DOOR}index\\.ts$`, '^$1/'] },
    },
    {
      name: 'by-the-index-from-outside',
      severity: 'error',
      comment: "What other folders use is in a folder's index.",
      from: { pathNot: '^lib/' },
      to: { path: `^${DOOR}`, pathNot: `^${DOOR}index\\.ts$` },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
