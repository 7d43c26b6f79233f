import type { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import type { IamUser } from '@cdktf/provider-aws/lib/iam-user';
import type { AuthBackend } from '@cdktf/provider-vault/lib/auth-backend';
import type { AwsAuthBackendClient } from '@cdktf/provider-vault/lib/aws-auth-backend-client';
import { type TerraformElement, TerraformResource, type TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import { type TestUser, unneededActions, type VaultIamUser } from '../aws';
import type { AwsAuthClient, AwsAuthMount } from '../vault';
import { addWarnings } from '../checks';
import type { Adopted, AdoptedUser, ImportBlock } from './adopted';

/** The constructs of the stack that are adopted, but not by their props. */
export interface AdoptedConstructs {
  readonly mount: AwsAuthMount;
  readonly client: AwsAuthClient;
  readonly vaultUser: VaultIamUser;
  readonly testUser?: TestUser;
}

/** Makes the stack describe what exists instead of what it would have made. */
export function adoptInto(stack: TerraformStack, adopted: Adopted, constructs: AdoptedConstructs): void {
  const { imports = [] } = adopted;
  const { mount, client, vaultUser, testUser } = constructs;
  stack.node.addValidation({ validate: () => checkImports(stack, imports) });
  if (imports.length > 0) {
    stack.addOverride('import', imports);
  }

  const backend = resourceOf<AuthBackend>(mount);
  // An import leaves empty what only the provider knows, and a plan may fill it in.
  ignoreChanges(backend, ['disable_remount', 'tune']);
  if (adopted.mount) {
    backend.description = literal(adopted.mount.description);
  }
  adoptClient(resourceOf(client), adopted.client);
  adoptUser(resourceOf(vaultUser), adopted.vaultUser);
  if (testUser) {
    adoptUser(testUser.user, adopted.testUser);
  }
  if (adopted.iamPolicy) {
    adoptPolicy(vaultUser, adopted.iamPolicy);
    const { document } = adopted.iamPolicy;
    addWarnings(vaultUser, () => (document ? warnOfUnneeded(unneededActions(document, mount)) : []));
  }
}

function adoptClient(client: AwsAuthBackendClient, { keepsAccessKey, maxRetries }: Adopted['client'] = {}) {
  if (maxRetries !== undefined) {
    client.maxRetries = maxRetries;
  }
  if (keepsAccessKey) {
    ignoreChanges(client, ['access_key', 'secret_key']);
    client.lifecycle = { ...client.lifecycle, preventDestroy: true };
  }
}

function adoptUser(user: IamUser, { tags, permissionsBoundary }: AdoptedUser = {}) {
  ignoreChanges(user, ['force_destroy']);
  if (tags) {
    user.tags = { ...user.tagsInput, ...literals(tags) };
  }
  if (permissionsBoundary !== undefined) {
    user.permissionsBoundary = permissionsBoundary;
  }
}

function adoptPolicy(vaultUser: VaultIamUser, found: NonNullable<Adopted['iamPolicy']>) {
  const policy = vaultUser.node.findChild('policy') as IamPolicy;
  policy.description = literal(found.description);
  if (found.document) {
    policy.policy = literal(JSON.stringify(found.document));
  }
  if (found.path !== undefined) {
    policy.path = found.path;
  }
  if (found.tags) {
    policy.tags = literals(found.tags);
  }
}

function warnOfUnneeded(actions: string[]) {
  return actions.length === 0
    ? []
    : [
        {
          id: 'iam-policy-wide' as const,
          message: `adopt.iamPolicy.document: Vault's IAM user may do more than the declared roles need, remove the document to narrow it; got ${actions.join(', ')}`,
        },
      ];
}

function checkImports(stack: TerraformStack, imports: readonly ImportBlock[]): string[] {
  const addresses = stack.node
    .findAll()
    .filter((construct) => TerraformResource.isTerraformResource(construct))
    .map(({ terraformResourceType, friendlyUniqueId }) => `${terraformResourceType}.${friendlyUniqueId}`);
  return imports.flatMap(({ to }, index) =>
    addresses.includes(to) ? [] : [`adopt.imports[${index}].to: the stack has no such address; got '${to}'`],
  );
}

/** The one resource that a construct is about. */
function resourceOf<T extends TerraformElement>(construct: Construct): T {
  return construct.node.defaultChild as T;
}

function ignoreChanges(resource: TerraformResource, names: string[]): void {
  resource.lifecycle = { ...resource.lifecycle, ignoreChanges: names };
}

function literals(texts: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, literal(text)]));
}

/** Text that looks like an expression of Terraform, such as `${aws:username}`, stays as it is. */
function literal(text: string): string {
  return text.replace(/[$%](?=\{)/g, '$&$&');
}
