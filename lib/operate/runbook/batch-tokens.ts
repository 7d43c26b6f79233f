import { type LiveRole, type MethodClient, readTune, VaultError } from '../../vault-api';

const NOTE =
  'Batch tokens are issued here: they have no accessor, so none of them is ended. They end by their TTL. If you disable ' +
  "their entity ('vault write identity/entity/id/ID disabled=true'), Vault refuses them at once.";

/** A note about tokens that can't be ended, of a role, or of a principal if no role is given. */
export async function batchNote(methodClient: MethodClient, role: LiveRole | undefined): Promise<string[]> {
  const ofRole = role?.token_type ?? 'default';
  const type =
    ofRole === 'default' || ofRole.startsWith('default-') ? await mountType(methodClient, ofRole) : ofRole;
  return type.endsWith('batch') ? [NOTE] : [];
}

/** A role without a token type issues the type that the mount is tuned to. */
async function mountType(methodClient: MethodClient, ofRole: string): Promise<string> {
  if (ofRole !== 'default') {
    return ofRole;
  }
  try {
    return (await readTune(methodClient))?.token_type ?? ofRole;
  } catch (error) {
    if (error instanceof VaultError) {
      return ofRole;
    }
    throw error;
  }
}
