import { ENDPOINTS } from '../aws';
import {
  anything,
  either,
  type Field,
  flag,
  listOf,
  mapOf,
  number,
  optional,
  table,
  text,
  withRule,
} from '../checks';
import type { Adopted, AdoptedUser } from './adopted';
import type { LoginSettings } from './login-settings';
import type { Settings } from './settings';
import { STATE_BACKEND } from './state-backend';
import { checkVaultAddress } from './vault-address';

/** `false`, which leaves something out. */
const no: Field = { type: (place, value) => (value === false ? [] : [`${place}: must be false`]) };

/** Props of a construct, which checks them. @param except names of props that the stack itself gives */
function propsOfConstruct(...except: readonly string[]): Field {
  return {
    ...mapOf(anything),
    unknown: (place, value) =>
      except
        .filter((name) => name in (Object(value) as object))
        .map((name) => `${place}.${name}: there is no such setting, because the stack gives it; remove it`),
  };
}

const TAGS = mapOf(text);
const ADOPTED_USER = table<AdoptedUser>({ tags: optional(TAGS), permissionsBoundary: optional(text) });

const ADOPTED = table<Adopted>({
  imports: optional(listOf(table<NonNullable<Adopted['imports']>[number]>({ to: text, id: text }))),
  mount: optional(table<NonNullable<Adopted['mount']>>({ description: text })),
  client: optional(
    table<NonNullable<Adopted['client']>>({ keepsAccessKey: optional(flag), maxRetries: optional(number) }),
  ),
  vaultUser: optional(ADOPTED_USER),
  iamPolicy: optional(
    table<NonNullable<Adopted['iamPolicy']>>({
      document: optional(mapOf(anything)),
      description: text,
      path: optional(text),
      tags: optional(TAGS),
    }),
  ),
  testUser: optional(ADOPTED_USER),
});

const LOGIN = table<LoginSettings>({
  role: optional(propsOfConstruct('mount', 'boundPrincipals', 'policies')),
  boundPrincipals: anything,
  policy: optional(either(no, propsOfConstruct())),
  otherPolicies: optional(listOf(text)),
});

const LOGINS = listOf(LOGIN);
const ofTheirs = (value: unknown) => (Array.isArray(value) ? LOGINS : LOGIN);
const LOGIN_OR_LIST: Field = {
  type: (place, value) => ofTheirs(value).type(place, value),
  unknown: (place, value) => ofTheirs(value).unknown?.(place, value) ?? [],
};

/** What the settings must be. What a construct takes unchanged is checked there. */
export const SETTINGS = table<Settings>({
  vault: withRule(
    table<Settings['vault']>({
      address: text,
      allowHttp: optional(flag),
      namespace: optional(text),
      mountPath: optional(text),
      serverIdHeader: optional(either(no, text)),
      awsEndpoints: anything,
      caCertFile: optional(text),
      tlsServerName: optional(text),
      clientAuth: optional(
        table<NonNullable<Settings['vault']['clientAuth']>>({ certFile: text, keyFile: text }),
      ),
    }),
    (place, { address, allowHttp }: Settings['vault']) =>
      checkVaultAddress(`${place}.address`, address, { allowHttp, at: `${place}.allowHttp` }),
  ),
  aws: optional(
    table<NonNullable<Settings['aws']>>({
      region: optional(text),
      tags: optional(TAGS),
      endpoints: optional(ENDPOINTS),
      vaultUser: optional(propsOfConstruct('permissionsFor')),
      testUser: optional(either(no, propsOfConstruct())),
    }),
  ),
  login: optional(LOGIN_OR_LIST),
  acknowledge: optional(mapOf(optional(text))),
  adopt: optional(ADOPTED),
  backend: optional(STATE_BACKEND),
});
