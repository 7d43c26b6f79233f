import { Token } from 'cdktf';
import { OIDC_PROVIDER_ARN, PRINCIPAL_ARN } from '../../iam';
import { either, fields, listOf, oneOf, optional, text, type TypeCheck } from '../checks';

/**
 * Who may become an IAM role of Vault:
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
  /** ARN of a user or role, without wildcard. */
  readonly principalArn: string;
  /** What it must say as `sts:ExternalId`. @default none */
  readonly externalId?: string;
}

const SERVICES = { ec2: 'ec2', 'ecs-tasks': 'ecs-tasks', 'eks-pod-identity': 'pods.eks' };

/** Of what type a list of them is. */
export const TRUSTED: TypeCheck = listOf(
  either(
    either(
      fields({ serviceAccount: fields({ oidcProviderArn: text, namespace: text, name: text }) }),
      fields({ principalArn: text, externalId: optional(text) }),
    ),
    oneOf(...Object.keys(SERVICES)),
  ),
);

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

/** What is wrong with whom a role trusts; empty where all is well. */
export function checkTrusted(place: string, trusted: readonly Trusted[]): string[] {
  return trusted.length === 0
    ? [`${place}: somebody must be able to become the role; got none`]
    : trusted.flatMap((one, index) => checkOne(`${place}[${index}]`, one));
}

function checkOne(place: string, trusted: Trusted): string[] {
  if (typeof trusted === 'string') {
    return [];
  }
  if ('serviceAccount' in trusted) {
    const { oidcProviderArn, namespace, name } = trusted.serviceAccount;
    return [
      ...(OIDC_PROVIDER_ARN.test(oidcProviderArn)
        ? []
        : [
            `${place}.serviceAccount.oidcProviderArn: must be 'arn:PARTITION:iam::ACCOUNT:oidc-provider/ISSUER', known at synth; got '${oidcProviderArn}'`,
          ]),
      ...Object.entries({ namespace, name }).flatMap(([field, value]) =>
        Token.isUnresolved(value) || /^[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?$/.test(value)
          ? []
          : [`${place}.serviceAccount.${field}: must be a name in Kubernetes; got '${value}'`],
      ),
    ];
  }
  return Token.isUnresolved(trusted.principalArn) || PRINCIPAL_ARN.test(trusted.principalArn)
    ? []
    : [
        `${place}.principalArn: must be the ARN of a user or role, without wildcard; got '${trusted.principalArn}'`,
      ];
}
