import { type Source, textOf } from './source';

/** What the settings may name besides the constructs, and where it comes from. */
const IMPORTS = {
  'join(': "import { join } from 'node:path';",
  'Duration.': "import { Duration } from 'aws-cdk-lib/core';",
};

/** What the settings may name of the constructs. */
const CONSTRUCTS = { 'BoundPrincipal.': 'BoundPrincipal', 'readPolicyFile(': 'readPolicyFile' };

/** The text of settings.ts. @param settings as a `Settings` */
export function settingsFile(settings: Source): string {
  const declaration = 'export const settings: Settings = ';
  const text = textOf(settings, declaration.length, 0);
  const used = <T>(names: Readonly<Record<string, T>>) =>
    Object.entries(names).flatMap(([name, value]) => (text.includes(name) ? [value] : []));
  const constructs = [...used(CONSTRUCTS), 'type Settings'].join(', ');
  const imports = [...used(IMPORTS), `import { ${constructs} } from './lib/constructs';`];
  return `${imports.join('\n')}

/**
 * What \`npx vault-aws-auth adopt\` found. Each setting is described in lib/constructs/stacks/settings.ts.
 *
 * \`adopt\` keeps what is there as it is: part by part it can be taken out, and the next plan shows the change.
 */
${declaration}${text};
`;
}
