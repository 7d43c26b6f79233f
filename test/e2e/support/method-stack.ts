import { type App, TerraformStack } from 'cdktf';
import { type AwsTask, VaultIamUser } from '../../../lib/constructs/aws';
import { useProviders, useStateBackend } from '../../../lib/constructs/stacks';
import { AwsAuthClient, AwsAuthMount, type AwsAuthMountProps } from '../../../lib/constructs/vault';
import type { TestSandbox } from './test-sandbox';

/** Where {@link methodStack} mounts the method. */
export const MOUNT = 'aws_method';

/** A stack with a mount and its client configuration in the sandbox, and what `declare` puts on the mount. */
export const methodStack =
  (
    sandbox: TestSandbox,
    declare: (mount: AwsAuthMount, stack: TerraformStack) => void,
    props: AwsAuthMountProps & { readonly permissionsFor?: readonly AwsTask[] } = {},
  ) =>
  (app: App): TerraformStack => {
    const stack = new TerraformStack(app, 'method');
    useProviders(stack);
    useStateBackend(stack, { kind: 'local' });
    const { permissionsFor, ...mountProps } = props;
    const mount = new AwsAuthMount(stack, 'mount', { path: MOUNT, ...mountProps });
    const { credentials } = new VaultIamUser(stack, 'vault_user', {
      permissionsFor: permissionsFor ?? mount,
    });
    new AwsAuthClient(stack, 'client', { mount, credentials, endpoints: sandbox.awsEndpoints });
    declare(mount, stack);
    return stack;
  };
