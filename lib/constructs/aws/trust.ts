import { OIDC_PROVIDER_ARN } from '../../iam';
import {
  either,
  type Field,
  knownAtSynth,
  listOf,
  matching,
  notEmpty,
  objectOf,
  oneOf,
  optional,
  type ValueRule,
} from '../checks';
import { IDENTIFIERS } from './identifiers';
import { ofArn, type OfPartition } from './partition';

/**
 * Who may assume an IAM role of Vault:
 * - a service that Vault runs on: EC2 by an instance profile, tasks of ECS, pods of EKS by Pod Identity;
 * - `serviceAccount`: pods of EKS by a service account of Kubernetes (IRSA);
 * - `principalArn`: another user or role, such as one in another account.
 *
 * Source: https://docs.aws.amazon.com/eks/latest/userguide/associate-service-account-role.html and
 * https://docs.aws.amazon.com/eks/latest/userguide/pod-id-role.html
 */
export type Trusted = 'ec2' | 'ecs-tasks' | 'eks-pod-identity' | TrustedServiceAccount | TrustedPrincipal;

export interface TrustedServiceAccount {
  readonly serviceAccount: {
    /** ARN of the cluster's OIDC provider in IAM. */
    readonly oidcProviderArn: string;
    readonly namespace: string;
    readonly name: string;
  };
}

export interface TrustedPrincipal {
  /**
   * ARN of a user or role, without wildcard; or `arn:PARTITION:iam::ACCOUNT:root`, which trusts each principal of that
   * account that is allowed to assume the role there.
   */
  readonly principalArn: string;
  /** What it must send as `sts:ExternalId`. @default none */
  readonly externalId?: string;
}

const SERVICES = { ec2: 'ec2', 'ecs-tasks': 'ecs-tasks', 'eks-pod-identity': 'pods.eks' };

const OIDC_PROVIDER: ValueRule = {
  pattern: OIDC_PROVIDER_ARN,
  says: "'arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER', known at synth",
};
const KUBERNETES_NAME: ValueRule = {
  pattern: /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/,
  says: 'a name in Kubernetes',
};

/** What a list of them must be. */
export const TRUSTED: Field = notEmpty(
  listOf(
    either(
      either(
        objectOf({
          serviceAccount: objectOf({
            oidcProviderArn: knownAtSynth(OIDC_PROVIDER),
            namespace: matching(KUBERNETES_NAME),
            name: matching(KUBERNETES_NAME),
          }),
        }),
        objectOf({
          principalArn: matching(IDENTIFIERS.trustedArn),
          externalId: optional(matching(IDENTIFIERS.externalId)),
        }),
      ),
      oneOf(...Object.keys(SERVICES)),
    ),
  ),
  'somebody must be able to assume the role; got none',
);

/** The ARNs that a trusted one has. */
export function partitionsOfTrusted(trusted: Trusted, index: number): OfPartition[] {
  if (typeof trusted === 'string') {
    return [];
  }
  return 'serviceAccount' in trusted
    ? [ofArn(`trusted[${index}].serviceAccount.oidcProviderArn`, trusted.serviceAccount.oidcProviderArn)]
    : [ofArn(`trusted[${index}].principalArn`, trusted.principalArn)];
}

/** The trust policy of an IAM role. */
export function trustPolicyDocument(trusted: readonly Trusted[]): object {
  return { Version: '2012-10-17', Statement: trusted.map(statementOf) };
}

function statementOf(trusted: Trusted): object {
  if (typeof trusted === 'string') {
    return {
      Effect: 'Allow',
      Principal: { Service: `${SERVICES[trusted]}.amazonaws.com` },
      // Pod Identity also tags the session.
      Action: trusted === 'eks-pod-identity' ? ['sts:AssumeRole', 'sts:TagSession'] : 'sts:AssumeRole',
    };
  }
  if ('serviceAccount' in trusted) {
    const { oidcProviderArn, namespace, name } = trusted.serviceAccount;
    const issuer = OIDC_PROVIDER_ARN.exec(oidcProviderArn)?.[1] ?? '';
    return {
      Effect: 'Allow',
      Principal: { Federated: oidcProviderArn },
      Action: 'sts:AssumeRoleWithWebIdentity',
      Condition: {
        StringEquals: {
          [`${issuer}:sub`]: `system:serviceaccount:${namespace}:${name}`,
          [`${issuer}:aud`]: 'sts.amazonaws.com',
        },
      },
    };
  }
  const { principalArn, externalId } = trusted;
  return {
    Effect: 'Allow',
    Principal: { AWS: principalArn },
    Action: 'sts:AssumeRole',
    ...(externalId && { Condition: { StringEquals: { 'sts:ExternalId': externalId } } }),
  };
}
