import { type Precondition, Token } from 'cdktf';
import { type AwsEndpoints, checkEndpoints } from '../../aws';
import { checkEach, checkForm, type Form, FORMS, matches, whenKnown } from '../form';
import type { AwsAuthClientProps } from './aws-auth-client';
import { checkCredentials, checkRotation } from './client-credentials';

const HEADER = /^[\x21-\x7e]+$/;
const HTTP_URL: Form = { pattern: /^https?:\/\/[^\/ ]+/, says: 'an http or https URL' };

/** What is wrong with a client configuration; empty where all is well. */
export function checkClient(props: AwsAuthClientProps): string[] {
  const { credentials, rotation, serverIdHeader, allowedStsHeaders = [], endpoints, maxRetries = -1 } = props;
  return [
    ...checkEndpoints('endpoints', endpoints),
    ...checkHeader(serverIdHeader),
    ...checkCredentials(credentials),
    ...checkRotation(rotation),
    ...(rotation && !('accessKeyId' in credentials || 'rotatedByVault' in credentials)
      ? ['rotation: there is no access key to replace; leave it out']
      : []),
    ...(props.useStsRegionFromClient && endpoints?.sts
      ? [
          `useStsRegionFromClient: Vault would pass over endpoints.sts and ask the public STS of the region, leave one out; got '${endpoints.sts.url}'`,
        ]
      : []),
    ...(Token.isUnresolved(maxRetries) || (Number.isSafeInteger(maxRetries) && maxRetries >= -1)
      ? []
      : [`maxRetries: must be a whole number from -1; got ${maxRetries}`]),
    ...checkEach('allowedStsHeaders', allowedStsHeaders, (place, header) =>
      checkForm(place, FORMS.headerName, header),
    ),
  ];
}

function checkHeader(value: string | undefined): string[] {
  return value === undefined || Token.isUnresolved(value) || HEADER.test(value)
    ? []
    : [
        `serverIdHeader: must be a header's value without white space, such as Vault's host name; got '${value}'`,
      ];
}

/** The check of a header by Terraform, where it is known only at apply. */
export function whenHeaderKnown(value: string | undefined): Precondition[] {
  return value !== undefined && Token.isUnresolved(value)
    ? [
        {
          // An empty one would switch the check off.
          condition: matches(HEADER, value),
          errorMessage: `serverIdHeader: must be a header's value without white space, such as Vault's host name; got '${value}'`,
        },
      ]
    : [];
}

/** The check of endpoints by Terraform, where they are known only at apply. */
export function whenEndpointsKnown({ iam, sts, ec2 }: AwsEndpoints): Precondition[] {
  const urls = { iam, 'sts.url': sts?.url, ec2 };
  return [
    ...Object.entries(urls).flatMap(([service, url]) =>
      url === undefined ? [] : whenKnown(`endpoints.${service}`, HTTP_URL, url),
    ),
    ...(sts ? whenKnown('endpoints.sts.region', FORMS.region, sts.region) : []),
  ];
}
