import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { type AwsTask, type AwsTaskSource, neededActions } from '../../aws';
import { refuse, stacksIn, type Warning } from '../../checks';
import type { ClientCredentials } from './client-credentials';

/**
 * Refuses a key of another stack at once: cdktf would hand its secret over by an output of that stack.
 *
 * @throws InvalidAppError
 */
export function refuseKeyOfOtherStack(client: Construct, credentials: ClientCredentials): void {
  const own = TerraformStack.of(client);
  const { usableAfter = [] } = credentials as { usableAfter?: readonly unknown[] };
  const before = usableAfter.find(
    (each): each is Construct => Construct.isConstruct(each) && TerraformStack.of(each) !== own,
  );
  const [other] = [...stacksIn(Object.values(credentials))].filter((stack) => stack !== own);
  const place = before?.node.path ?? other?.node.path;
  if (place !== undefined) {
    refuse(client, [
      `credentials: what makes them, '${place}', is in another stack, and the secret would become an output of that stack; declare both in one stack`,
    ]);
  }
}

/** What a client configuration says of its credentials. */
interface GrantedCredentials {
  readonly mount: AwsTaskSource;
  readonly credentials: ClientCredentials;
  readonly grantedPermissions?: readonly AwsTask[];
}

/** What Vault's identity needs in AWS, if nothing in this app says that it has it. */
export function warnOfGrantElsewhere({
  mount,
  credentials,
  grantedPermissions,
}: GrantedCredentials): Warning[] {
  const elsewhere =
    ('ambient' in credentials && !('keepsKey' in credentials) && credentials.usableAfter === undefined) ||
    'identityToken' in credentials ||
    'secretAccessKeyWriteOnly' in credentials;
  const actions = elsewhere && grantedPermissions === undefined ? neededActions(mount) : [];
  return actions.length === 0
    ? []
    : [
        {
          id: 'permissions-elsewhere',
          message: `credentials: this app does not grant what Vault's identity needs in AWS for the roles on the mount; grant it there, and list it in grantedPermissions, which is then compared; it needs ${actions.join(', ')}`,
        },
      ];
}
