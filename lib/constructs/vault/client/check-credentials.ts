import { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { refuse, stacksIn } from '../../checks';
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
