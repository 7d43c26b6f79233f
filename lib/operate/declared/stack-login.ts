import { policyFile } from '../../policy';
import { type Block, hasReference, readOutputs, readStack, type SynthJson } from '../../terraform';
import { type DeclaredLogin, KNOWN_AT_APPLY } from '../verify';
import type { DeployedStack } from './declared-agents';
import { StackValues, withoutReferences } from './stack-values';

/**
 * The login that your own stack declares, as it was synthesized. What only the apply knows is taken from the outputs of
 * the deployed stack, if they have it. Policies of identity groups are not in it: a role does not say who is in a group.
 *
 * @param role its name, or `MOUNT/NAME` @default the only role of the stack
 * @throws Error if there is no such role, or several; it lists the roles
 * @throws Error if something of it is not known
 */
export async function stackLogin(stack: DeployedStack, role?: string): Promise<DeclaredLogin> {
  const json = readStack(stack.outdir, stack.name);
  const values = new StackValues(stack.name, json);
  try {
    const login = loginIn(json, values, role, stack.env);
    if (!values.needsOutputs) {
      return login;
    }
  } catch (error) {
    if (!values.needsOutputs) {
      throw error;
    }
  }
  values.deploy(await readOutputs<unknown>(stack.name, stack.outdir, stack));
  return loginIn(json, values, role, stack.env);
}

function loginIn(
  json: SynthJson,
  values: StackValues,
  roleName: string | undefined,
  env: NodeJS.ProcessEnv = process.env,
): DeclaredLogin {
  const role = chooseRole(json, values, roleName);
  const mountPath = values.text(role, 'backend', `The mount of the role`) ?? 'aws';
  const client = blocks(json, 'vault_aws_auth_backend_client').find(
    (block) => inSameVault(block, role) && values.fill(textOf(block.backend) ?? 'aws') === mountPath,
  );
  const [aws] = json.provider?.aws ?? [];
  return {
    ...vaultOf(json, values, role, env),
    mountPath,
    role: values.text(role, 'role', 'The name of the role')!,
    serverIdHeader:
      client &&
      values.text(client, 'iam_server_id_header_value', 'The server ID of the client configuration'),
    region: client && values.text(client, 'sts_region', 'The region of STS'),
    stsEndpoint: aws && values.text(nested(aws.endpoints), 'sts', 'The endpoint of STS'),
    policies: values
      .texts(role, 'token_policies', 'A policy of the role')
      .filter((name) => name !== 'default')
      .map((name) => ({ name, rules: rulesOf(json, values, role, name) })),
  };
}

/** By a role of type ec2 nobody logs in with AWS credentials. */
function chooseRole(json: SynthJson, values: StackValues, wanted: string | undefined): Block {
  const roles = blocks(json, 'vault_aws_auth_backend_role')
    .filter(({ auth_type }) => auth_type !== 'ec2')
    .map((block) => {
      const name = values.fill(textOf(block.role) ?? '');
      return { block, name, path: `${values.fill(textOf(block.backend) ?? 'aws')}/${name}` };
    });
  const meant = roles.filter(({ name, path }) => wanted === undefined || wanted === name || wanted === path);
  if (meant.length === 1) {
    return meant[0]!.block;
  }
  const stack = `The stack '${values.name}'`;
  if (roles.length === 0) {
    throw new Error(`${stack} has no role that takes AWS credentials: declare an IamAuthRole in it.`);
  }
  const list = (some: typeof roles) =>
    some
      .map(({ path }) => `'${path}'`)
      .sort()
      .join(', ');
  throw new Error(
    meant.length === 0
      ? `${stack} has no role '${wanted}'; the roles are: ${list(roles)}.`
      : `${stack} has several roles. Choose one with --role: ${list(meant)}.`,
  );
}

/** The rules of a policy; none if it is not of this stack. */
function rulesOf(json: SynthJson, values: StackValues, role: Block, name: string) {
  const policy = blocks(json, 'vault_policy').find(
    (block) => inSameVault(block, role) && values.fill(textOf(block.name) ?? '') === name,
  );
  if (policy === undefined) {
    return [];
  }
  const filled = values.fill(textOf(policy.policy) ?? '');
  try {
    return policyFile(`policy '${name}'`, withoutReferences(filled, KNOWN_AT_APPLY)).rules;
  } catch (error) {
    if (!hasReference(filled)) {
      throw error;
    }
    // A reference is more than a part of a path, such as the whole text.
    values.text(policy, 'policy', `The text of the policy '${name}'`);
    throw error;
  }
}

/** How the provider of a block reaches Vault, with the provider's own variables of the environment. */
function vaultOf(json: SynthJson, values: StackValues, block: Block, env: NodeJS.ProcessEnv) {
  const [, alias] = /^vault\.(.+)$/.exec(textOf(block.provider) ?? '') ?? [];
  const provider = json.provider?.vault?.find((each) => textOf(each.alias) === alias) ?? {};
  const given = (argument: string) => values.text(provider, argument, `${argument} of the Vault provider`);
  const vaultAddress = given('address') ?? env.VAULT_ADDR;
  if (!vaultAddress) {
    throw new Error(
      `The Vault provider of the stack '${values.name}' has no address: set VAULT_ADDR, as for Terraform.`,
    );
  }
  const auth = nested(provider.client_auth);
  const certFile = values.text(auth, 'cert_file', 'The client certificate');
  const keyFile = values.text(auth, 'key_file', 'The key of the client certificate');
  const namespaces = [
    given('namespace') ?? env.VAULT_NAMESPACE,
    values.text(block, 'namespace', 'The namespace of the role'),
  ];
  return {
    vaultAddress,
    namespace: namespaces.filter(Boolean).join('/') || undefined,
    caCertFile: given('ca_cert_file'),
    tlsServerName: given('tls_server_name'),
    clientAuth: certFile !== undefined && keyFile !== undefined ? { certFile, keyFile } : undefined,
  };
}

function inSameVault(one: Block, other: Block): boolean {
  return one.provider === other.provider && one.namespace === other.namespace;
}

function blocks(json: SynthJson, type: string): Block[] {
  return Object.values(json.resource?.[type] ?? {});
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** A block in a block, which cdktf writes as a list of one. */
function nested(value: unknown): Block {
  const block = Array.isArray(value) ? (value as unknown[])[0] : value;
  return typeof block === 'object' && block !== null ? (block as Block) : {};
}
