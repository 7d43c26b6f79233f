import { Lazy, TerraformOutput, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import {
  type AgentConfig,
  type AgentTarget,
  type AgentVault,
  type AwsMethod,
  checkAgentConfig,
  describeProblem,
  fittingRegion,
  withoutStaticSecrets,
} from '../../../agent';
import { anything, listOf, optional, table } from '../../checks';
import { seconds, wholeSeconds } from '../seconds';
import { usableRole } from '../role/auth-role';
import type { AgentSink, Ec2AgentProps, IamAgentProps } from './agent-props';
import { forTerraform } from './for-terraform';

/** If the compiler did not check them, the props of one kind may be on the other. The checks then report it. */
type AnyProps = Omit<IamAgentProps & Ec2AgentProps, 'role'> & Pick<IamAgentProps | Ec2AgentProps, 'role'>;

/** The agent's own rules check the rest. */
const AGENT = table<AnyProps>({
  role: anything,
  wrapTtl: optional(wholeSeconds),
  minBackoff: optional(wholeSeconds),
  maxBackoff: optional(wholeSeconds),
  credentialPollInterval: anything,
  sinks: listOf(
    table<AgentSink>({
      path: anything,
      mode: anything,
      wrapTtl: optional(wholeSeconds),
      dhType: anything,
      dhPath: anything,
      aad: anything,
      deriveKey: anything,
    }),
  ),
  vault: optional(
    table<AgentVault>({
      address: anything,
      caCert: anything,
      tlsServerName: anything,
      clientCert: anything,
      clientKey: anything,
      namespace: anything,
      numRetries: anything,
    }),
  ),
  namespace: anything,
  exitOnErr: anything,
  attributes: anything,
  blocks: anything,
  headerValue: anything,
  region: anything,
  enableReauthOnNewCredentials: anything,
  accessKey: anything,
  secretKey: anything,
  sessionToken: anything,
  nonce: anything,
});

/**
 * A Vault Agent that logs in by a role of this stack: the mount, the type, the server ID and the region come from the
 * stack. It makes nothing in Vault or AWS.
 *
 * Its configuration is {@link config}. The output `agent_ID` of the stack has it without secrets, and `npx
 * vault-aws-auth agent-config --stack NAME` prints that. A setting that would keep the agent from logging in is an
 * error at synth.
 *
 * Source: https://developer.hashicorp.com/vault/docs/agent-and-proxy/autoauth/methods/aws
 *
 * @example
 * new VaultAgent(this, 'billing', { role, sinks: [{ path: '/run/vault-agent/token', mode: 0o600 }] });
 */
export class VaultAgent extends Construct {
  private readonly props: AnyProps;

  /** @param id letters, digits, _ and -; unique in the stack, because it names the output */
  constructor(scope: Construct, id: string, props: IamAgentProps);
  constructor(scope: Construct, id: string, props: Ec2AgentProps);
  constructor(scope: Construct, id: string, props: AnyProps) {
    super(scope, id);
    this.props = props;
    this.node.addValidation({
      validate: () => [
        ...(/^[\w-]+$/.test(id)
          ? []
          : [`id: must be letters, digits, _ and -, because it names an output; got '${id}'`]),
        ...(AGENT.unknown?.('', props) ?? []),
        ...(AGENT.rule?.('', props) ?? []),
        ...checkAgentConfig(this.config, this.target).map(describeProblem),
      ],
    });
    new TerraformOutput(TerraformStack.of(this), `agent_${id}`, {
      // The client configuration may be declared later.
      value: Lazy.anyValue({
        produce: () => forTerraform({ config: withoutStaticSecrets(this.config), target: this.target }),
      }),
      description: 'A Vault Agent without its secrets, for `vault-aws-auth agent-config`.',
      staticId: true,
    });
  }

  /** All of the agent, secrets included; complete once the mount's client configuration is declared. */
  get config(): AgentConfig {
    const { sinks, vault, attributes, blocks } = this.props;
    return {
      attributes,
      vault,
      autoAuth: {
        enableReauthOnNewCredentials: this.props.enableReauthOnNewCredentials,
        method: this.method(),
        sinks: sinks.map((sink) => ({ ...sink, wrapTtl: sink.wrapTtl && seconds(sink.wrapTtl) })),
      },
      blocks,
    };
  }

  private get target(): AgentTarget {
    return usableRole(this.props.role).mounted.forAgents();
  }

  private method(): AwsMethod {
    const { props, target } = this;
    const { namespace, wrapTtl, minBackoff, maxBackoff, exitOnErr } = props;
    const signs = usableRole(props.role).kind !== 'ec2';
    return {
      mountPath: `auth/${target.mountPath}`,
      namespace,
      wrapTtl: wrapTtl && seconds(wrapTtl),
      minBackoff: minBackoff && seconds(minBackoff),
      maxBackoff: maxBackoff && seconds(maxBackoff),
      exitOnErr,
      type: signs ? 'iam' : 'ec2',
      role: usableRole(props.role).forAgent.name,
      credentialPollInterval: props.credentialPollInterval && seconds(props.credentialPollInterval),
      accessKey: props.accessKey,
      secretKey: props.secretKey,
      sessionToken: props.sessionToken,
      headerValue: props.headerValue ?? (signs ? target.serverIdHeader : undefined),
      region: props.region ?? (signs ? fittingRegion(target) : undefined),
      nonce: props.nonce,
    };
  }
}
