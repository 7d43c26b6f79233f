import { TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { TestUser, VaultIamUser } from '../aws';
import { acknowledge, addWarnings, checkFields } from '../checks';
import { AwsAuthClient, AwsAuthMount, type IamAuthRole } from '../vault';
import { adoptInto } from './adopt-into';
import { declareLogins } from './declare-logins';
import { warnOfGuideDefaults } from './guide-defaults';
import { loginProblems } from './login-settings';
import { addOutputs } from './outputs';
import { declareProviders } from './providers';
import { type Settings, withDefaults } from './settings';
import { SETTINGS } from './settings-fields';
import { declareStateBackend } from './state-backend';

/**
 * The guide's AWS auth method, in its eight steps: afterwards an AWS identity can log in to Vault.
 *
 * @example
 * const stack = new VaultAwsAuthStack(app, 'vault-aws-auth', { vault: { address: 'https://vault.example.com:8200' } });
 * new IamAuthRole(stack, 'billing', {
 *   mount: stack.mount,
 *   roleName: 'billing',
 *   boundPrincipals: [BoundPrincipal.role('billing')],
 * });
 */
export class VaultAwsAuthStack extends TerraformStack {
  /** The mount, for more roles of type iam next to those of the settings. It is `guideOnly`. */
  readonly mount: AwsAuthMount;

  /** The role of the settings, the first if they have several. */
  readonly role: IamAuthRole;

  /** All roles of the settings, in their order. */
  readonly roles: readonly IamAuthRole[];

  constructor(scope: Construct, id: string, settings: Settings) {
    super(scope, id);
    checkFields(this, settings, SETTINGS, () => loginProblems(settings.login).flat());
    const { vault, aws, backend, logins } = withDefaults(settings);
    addWarnings(this, () => warnOfGuideDefaults(settings));
    acknowledge(this, settings.acknowledge);
    declareProviders(this, { ...vault.access, ...aws });
    declareStateBackend(this, backend);

    // 1. Enable the AWS auth method.
    const mount = new AwsAuthMount(this, 'mount', { path: vault.mountPath, guideOnly: true });

    // 2. Create an IAM user for Vault, with the permissions that the roles below need,
    // 3. and its access key.
    const vaultUser = new VaultIamUser(this, 'vault_user', { permissionsFor: mount, ...aws.vaultUser });

    // 4. Configure the AWS auth method with that key.
    const client = new AwsAuthClient(this, 'client', {
      mount,
      credentials: settings.adopt?.client?.keepsAccessKey
        ? { ambient: true, keepsKey: true }
        : vaultUser.credentials,
      serverIdHeader: vault.serverIdHeader,
      endpoints: vault.awsEndpoints,
      terraformIamEndpoint: aws.endpoints?.iam,
    });

    // 5. Create an IAM user to test with.
    const testUser = aws.testUser ? new TestUser(this, 'test_user', aws.testUser) : undefined;

    // 6. and 7. Create the Vault policy that a login gets, and a role with it.
    const [role, ...others] = declareLogins(this, mount, logins, loginProblems(settings.login));

    if (settings.adopt) {
      adoptInto(this, settings.adopt, { mount, client, vaultUser, testUser });
    }

    // 8. Verify: `npx vault-aws-auth verify`, or by hand with the login command among the outputs.
    addOutputs(this, {
      mount,
      role,
      others,
      testUser,
      serverIdHeader: vault.serverIdHeader,
      stsRegion: vault.awsEndpoints?.sts?.region,
      namespace: vault.access.namespace,
    });
    this.mount = mount;
    this.role = role;
    this.roles = [role, ...others];
  }
}
