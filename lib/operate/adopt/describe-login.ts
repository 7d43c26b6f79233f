import { Duration } from 'aws-cdk-lib/core';
import { BoundPrincipal } from '../../constructs/vault';
import { arnParts, iamArn } from '../../iam';
import type { LiveClient } from '../../vault-api';
import type { LiveMethod } from './live';
import { Code, type Source } from './source';

/** What the client configuration says, except the key. */
export function describeClient(client: LiveClient) {
  const { iam_endpoint: iam, sts_endpoint: url, sts_region: region, endpoint: ec2 } = client;
  const endpoints = {
    iam: iam || undefined,
    sts: url ? { url, region } : undefined,
    ec2: ec2 || undefined,
  };
  return {
    settings: {
      serverIdHeader: client.iam_server_id_header_value || false,
      awsEndpoints: iam || url || ec2 ? endpoints : undefined,
    },
    adopt: { maxRetries: client.max_retries === -1 ? undefined : client.max_retries },
  };
}

/**
 * Who may log in with the role, and what it says about its tokens.
 * @param ownArn of a principal in the same account
 */
export function describeRole({ roleName, role }: LiveMethod, ownArn: string) {
  const list = (values: readonly string[]) => (values.length > 0 ? values : undefined);
  const aliasMetadata = role.alias_metadata ?? {};
  return {
    role: {
      roleName,
      // Written even if they are zero, because the settings have other defaults.
      tokenTtl: duration(role.token_ttl),
      tokenMaxTtl: duration(role.token_max_ttl),
      tokenExplicitMaxTtl: role.token_explicit_max_ttl ? duration(role.token_explicit_max_ttl) : undefined,
      tokenPeriod: role.token_period ? duration(role.token_period) : undefined,
      tokenNumUses: role.token_num_uses || undefined,
      tokenType: role.token_type === 'default' ? undefined : role.token_type,
      tokenBoundCidrs: list(role.token_bound_cidrs),
      tokenNoDefaultPolicy: role.token_no_default_policy || undefined,
      aliasMetadata: Object.keys(aliasMetadata).length > 0 ? aliasMetadata : undefined,
      resolveAwsUniqueIds: role.resolve_aws_unique_ids ? undefined : false,
    },
    boundPrincipals: role.bound_iam_principal_arn.map((arn) => principal(arn, ownArn)),
  } satisfies Source;
}

function principal(arn: string, ownArn: string): Code {
  const own = arnParts(ownArn);
  switch (arn) {
    case iamArn(own, 'user/*'):
      return new Code('BoundPrincipal.allUsers()', BoundPrincipal.allUsers());
    case iamArn(own, 'role/*'):
      return new Code('BoundPrincipal.allRoles()', BoundPrincipal.allRoles());
    default:
      return new Code(`BoundPrincipal.arn(${JSON.stringify(arn)})`, BoundPrincipal.arn(arn));
  }
}

const UNITS = [
  [86_400, 'days'],
  [3_600, 'hours'],
  [60, 'minutes'],
  [1, 'seconds'],
] as const;

function duration(seconds: number): Code {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? UNITS[3];
  return new Code(`Duration.${unit}(${seconds / size})`, Duration.seconds(seconds));
}
