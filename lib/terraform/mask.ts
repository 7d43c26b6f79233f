import { createHmac, randomBytes } from 'node:crypto';
import { Masked, Unknown, type Value, type Values } from './value';

/** Attributes that hold a secret by their names, also if the provider does not mark them. */
const SECRET_NAME =
  /(?:^|_)(?:secret|secret_key|secret_access_key|password|passwd|bindpass|private_key|client_token|wrapped_token|wrapping_token|secret_id|session_token|security_token|access_token|auth_token|api_key|token|credentials|data_json|ses_smtp_password_v4)(?:_wo|_pem|_base64)?$/i;

/** Secrets by their form, wherever they are: tokens of Vault, private keys, secret access keys in a text. */
const SECRET_FORM =
  /\bhv[sbr]\.[\w-]{20,}|-----BEGIN [A-Z ]*PRIVATE KEY-----|(?:secret_access_key|secret_key|aws_secret\w*)\W{1,4}[\w/+]{40}/i;

/** A shorter text is too likely to be elsewhere by chance. */
const LEAST_SECRET = 8;

/** What is marked: `true` for the whole, or a tree of it. */
type Marks = unknown;

/**
 * Takes the secrets out of the values of one document: what the document marks, what is a secret by its name or its
 * form, and any text that repeats one of those elsewhere.
 */
export class Mask {
  private readonly salt = randomBytes(32);
  /** Secrets by their beginnings: one look-up for each place of a text, however many secrets there are. */
  private readonly found = new Map<string, Set<string>>();

  /** Notes the secrets of some values. All values are noted before the first is masked. */
  note(value: unknown, marks: Marks, name = ''): void {
    if (typeof value === 'string') {
      if (marks === true || SECRET_NAME.test(name)) {
        this.remember(value);
      }
    } else if (typeof value === 'object' && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        const below = marks === true || isSecretName(name) ? true : partOf(marks, key);
        this.note(part, below, Array.isArray(value) ? name : key);
      }
    }
  }

  /** The values without their secrets. @param unknown marks what is known after the apply only */
  mask(value: unknown, marks: Marks, unknown: Marks, references: readonly string[] = [], name = ''): Value {
    if (value instanceof Unknown) {
      return value;
    }
    if (unknown === true) {
      return new Unknown(references);
    }
    if (marks === true && value !== null && value !== undefined) {
      return this.masked(value);
    }
    if (typeof value === 'string') {
      return value !== '' && (SECRET_NAME.test(name) || this.isSecret(value)) ? this.masked(value) : value;
    }
    if (Array.isArray(value) || Array.isArray(unknown)) {
      const length = Math.max(
        Array.isArray(value) ? value.length : 0,
        Array.isArray(unknown) ? unknown.length : 0,
      );
      return Array.from({ length }, (_, index) =>
        this.mask(
          (value as unknown[] | undefined)?.[index],
          partOf(marks, index),
          partOf(unknown, index),
          references,
          name,
        ),
      );
    }
    if (isTree(value) || isTree(unknown)) {
      const keys = new Set([...Object.keys(value ?? {}), ...Object.keys(isTree(unknown) ? unknown : {})]);
      return Object.fromEntries(
        [...keys].map((key) => [
          key,
          this.mask(
            partOf(value, key),
            isSecretName(name) || partOf(marks, key),
            partOf(unknown, key),
            references,
            key,
          ),
        ]),
      );
    }
    return value as Value;
  }

  /** The attributes of a resource. @param references by attribute */
  values(
    value: unknown,
    marks: Marks,
    unknown: Marks,
    references: Readonly<Record<string, readonly string[]>>,
  ): Values {
    const keys = new Set([...Object.keys(value ?? {}), ...Object.keys(isTree(unknown) ? unknown : {})]);
    return Object.fromEntries(
      [...keys].map((key) => [
        key,
        this.mask(partOf(value, key), partOf(marks, key), partOf(unknown, key), references[key], key),
      ]),
    );
  }

  private remember(text: string): void {
    if (text.length >= LEAST_SECRET) {
      const beginning = text.slice(0, LEAST_SECRET);
      this.found.set(beginning, (this.found.get(beginning) ?? new Set()).add(text));
    }
  }

  private isSecret(text: string): boolean {
    if (SECRET_FORM.test(text)) {
      return true;
    }
    for (let at = 0; this.found.size > 0 && at + LEAST_SECRET <= text.length; at += 1) {
      for (const secret of this.found.get(text.slice(at, at + LEAST_SECRET)) ?? []) {
        if (text.startsWith(secret, at)) {
          return true;
        }
      }
    }
    return false;
  }

  private masked(value: unknown): Masked {
    return new Masked(createHmac('sha256', this.salt).update(JSON.stringify(value)).digest('base64'));
  }
}

/** A text of another program without the secrets of its environment, and without what has the form of one. */
export function hideSecrets(text: string, env: NodeJS.ProcessEnv): string {
  const secrets = Object.entries(env).flatMap(([name, value = '']) =>
    isSecretName(name) && value.length >= LEAST_SECRET ? [value] : [],
  );
  return secrets
    .reduce((left, secret) => left.replaceAll(secret, HIDDEN), text)
    .replace(new RegExp(SECRET_FORM, 'gi'), HIDDEN);
}

const HIDDEN = '(hidden)';

function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name);
}

function isTree(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function partOf(tree: unknown, key: string | number): unknown {
  return typeof tree === 'object' && tree !== null
    ? (tree as Record<string | number, unknown>)[key]
    : undefined;
}
