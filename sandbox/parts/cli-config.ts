import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Context } from './part';

/**
 * Writes the configuration with which Terraform takes providers only from these mirrors, and asks no registry.
 *
 * Source: https://developer.hashicorp.com/terraform/cli/config/config-file#provider-installation
 *
 * @returns the file's path, for TF_CLI_CONFIG_FILE
 */
export async function writeCliConfig(
  mirrors: readonly { folder: string }[],
  { cacheDir, platform }: Context,
): Promise<string> {
  const folders = mirrors.map(({ folder }) => join(cacheDir, folder, platform));
  const text = [
    'disable_checkpoint = true',
    'provider_installation {',
    ...folders.map((folder) => `  filesystem_mirror {\n    path = ${JSON.stringify(folder)}\n  }`),
    '}',
    '',
  ].join('\n');
  // The versions are in the name, because another checkout may use the same cache with other versions.
  const name = mirrors.map(({ folder }) => folder.replaceAll('/', '-')).join('-');
  const file = join(cacheDir, 'terraform-cli', `${name}-${platform}.tfrc`);
  if ((await readFile(file, 'utf8').catch(() => '')) !== text) {
    await mkdir(dirname(file), { recursive: true });
    const written = `${file}.${process.pid}.tmp`;
    await writeFile(written, text);
    await rename(written, file);
  }
  return file;
}
