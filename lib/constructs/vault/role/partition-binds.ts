import type { AwsAuthBackendRoleConfig } from '@cdktf/provider-vault/lib/aws-auth-backend-role';
import { regionOfReserved } from '../../../iam';
import { ofArn, type OfPartition, ofRegion } from '../../aws';

/** The binds of a role whose partition is known at synth. */
export function partitionBinds(fields: Partial<AwsAuthBackendRoleConfig>): OfPartition[] {
  return [
    ...ofArns('boundPrincipals', fields.boundIamPrincipalArns),
    ...ofArns('boundIamRoleArns', fields.boundIamRoleArns),
    ...ofArns('boundInstanceProfileArns', fields.boundIamInstanceProfileArns),
    ...(fields.boundRegions ?? []).map((region, index) => ofRegion(`boundRegions[${index}]`, region)),
    ...(fields.inferredAwsRegion === undefined ? [] : [ofRegion('inferredRegion', fields.inferredAwsRegion)]),
  ];
}

function ofArns(name: string, arns: readonly string[] = []): OfPartition[] {
  return arns.flatMap((value, index) => {
    const place = `${name}[${index}]`;
    // The ARN of a permission set's role has the stack's partition, and a region in its path.
    const region = regionOfReserved(value);
    return [ofArn(place, value), ...(region === undefined ? [] : [ofRegion(place, region)])];
  });
}
