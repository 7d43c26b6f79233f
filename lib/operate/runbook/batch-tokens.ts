import { type LiveRole, type Operator, readTune, VaultError } from '../../vault-api';

const NOTE =
  'Batch tokens are issued here: they have no accessor, so none of them is ended. They end by their TTL; disabling ' +
  "their entity ('vault write identity/entity/id/ID disabled=true') refuses them at once.";

/** What can't be ended of a role, or of a principal where no role is meant. */
export async function batchNote(operator: Operator, role: LiveRole | undefined): Promise<string[]> {
  const ofRole = role?.token_type ?? 'default';
  const type =
    ofRole === 'default' || ofRole.startsWith('default-') ? await mountType(operator, ofRole) : ofRole;
  return type.endsWith('batch') ? [NOTE] : [];
}

/** A role without a type of its own issues what the mount is tuned to. */
async function mountType(operator: Operator, ofRole: string): Promise<string> {
  if (ofRole !== 'default') {
    return ofRole;
  }
  try {
    return (await readTune(operator))?.token_type ?? ofRole;
  } catch (error) {
    if (error instanceof VaultError) {
      return ofRole;
    }
    throw error;
  }
}
