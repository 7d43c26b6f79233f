import { readFile } from 'node:fs/promises';
import { policyFile, type PolicyFile } from '../../../policy';

/**
 * Reads a policy from a file in HCL or JSON, as Vault reads it.
 *
 * @param path the file, relative to the working directory; in UTF-8
 * @throws Error if Vault refuses it, with a line for each problem: the file, its line and column, and what must be; or
 * with the file and the cause if it can't be read
 */
export async function readPolicyFile(path: string): Promise<PolicyFile> {
  return policyFile(path, await readText(path));
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new Error(`${path}: the policy can not be read (${(error as Error).message}).`);
  }
}
