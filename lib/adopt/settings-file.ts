import { type Source, textOf } from './source';

/** What the settings may name, and where it comes from. */
const IMPORTS = {
  'join(': "import { join } from 'node:path';",
  'Duration.': "import { Duration } from 'aws-cdk-lib/core';",
  'readPolicyFile(': "import { readPolicyFile } from './lib/policy';",
  '': "import type { Settings } from './lib/stacks';",
  'BoundPrincipal.': "import { BoundPrincipal } from './lib/vault';",
};

/** The text of settings.ts. @param settings as a `Settings` */
export function settingsFile(settings: Source): string {
  const declaration = 'export const settings: Settings = ';
  const text = textOf(settings, declaration.length, 0);
  const imports = Object.entries(IMPORTS).filter(([name]) => text.includes(name));
  return `${imports.map(([, line]) => line).join('\n')}

/**
 * What \`npx vault-aws-auth adopt\` found. Each setting is described in lib/stacks/settings.ts.
 *
 * \`adopt\` keeps what is there as it is: part by part it can be taken out, and the next plan shows the change.
 */
${declaration}${text};
`;
}
