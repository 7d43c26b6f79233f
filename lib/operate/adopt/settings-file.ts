import type { Options } from 'prettier';
import prettierOptions from '../../../.prettierrc.json' with { type: 'json' };
import { type Source, textOf } from './source';

/** What the settings may name besides the constructs, and where it comes from. */
const IMPORTS = {
  'join(': "import { join } from 'node:path';",
  'Duration.': "import { Duration } from 'aws-cdk-lib/core';",
};

/** What the settings may name of the constructs. */
const CONSTRUCTS = { 'BoundPrincipal.': 'BoundPrincipal', 'readPolicyFile(': 'readPolicyFile' };

/** The text of settings.ts, formatted as the rest of the project. @param settings as a `Settings` */
export async function settingsFile(settings: Source): Promise<string> {
  const text = textOf(settings);
  const used = <T>(names: Readonly<Record<string, T>>) =>
    Object.entries(names).flatMap(([name, value]) => (text.includes(name) ? [value] : []));
  const constructs = [...used(CONSTRUCTS), 'type Settings'].join(', ');
  const imports = [...used(IMPORTS), `import { ${constructs} } from './lib/constructs';`];
  return formatted(`${imports.join('\n')}

/**
 * What \`npx vault-aws-auth adopt\` found. Each setting is described in lib/constructs/stacks/settings.ts.
 *
 * \`adopt\` keeps what exists as it is. You can remove it part by part; the next plan shows each change.
 */
export const settings: Settings = ${text};
`);
}

/** Prettier takes long to load, and no other command needs it. */
async function formatted(text: string): Promise<string> {
  const [{ format }, typescript, estree] = await Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/typescript'),
    import('prettier/plugins/estree'),
  ]);
  const options = prettierOptions as Options;
  return format(text, { ...options, parser: 'typescript', plugins: [typescript, estree] });
}
