import { Token } from 'cdktf';
import type { Policies } from '../policy/policy-names';
import { checkGroupNames } from './member-groups';

/** Some people, and what they get. */
export interface PeopleGroup {
  /** Their user names in IAM Identity Center, which their sessions are named after; 2 to 64 characters each. */
  readonly people: readonly string[];

  /** Policies of this app, or names of policies that are in Vault already. */
  readonly policies: Policies;
}

/**
 * What is wrong with groups of people; empty if nothing is wrong.
 *
 * Source: RoleSessionName in https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html
 */
export function checkPeople(groups: Readonly<Record<string, PeopleGroup>>): string[] {
  const written = new Map<string, string>();
  const checkPerson = (place: string, person: string): string[] => {
    // A list that is a reference as a whole has one entry, which is not a reference by itself.
    if (Token.isUnresolved(person) || Token.isUnresolved([person])) {
      return [`${place}: must be known before the plan, because it names an entity; got a reference`];
    }
    if (!/^[\w+=,.@-]{2,64}$/.test(person)) {
      return [
        `${place}: must be a user name of IAM Identity Center, 2 to 64 letters, digits or any of _+=,.@-; got '${person}'`,
      ];
    }
    // Vault compares aliases in lower case, so both people would share one.
    const before = written.get(person.toLowerCase()) ?? person;
    written.set(person.toLowerCase(), before);
    return before === person ? [] : [`${place}: is written '${before}' elsewhere; got '${person}'`];
  };
  return [
    ...checkGroupNames(Object.keys(groups), (place, name) =>
      name.trim() === '' || name !== name.trim()
        ? [
            `${place}: the name of a group must not be empty, and must have no white space at its ends; got '${name}'`,
          ]
        : [],
    ),
    ...Object.entries(groups).flatMap(([name, { people }]) =>
      people.flatMap((person, index) => checkPerson(`groups.${name}.people[${index}]`, person)),
    ),
  ];
}

/** Everybody who is in a group, once. */
export function peopleOf(groups: Readonly<Record<string, PeopleGroup>>): string[] {
  return [...new Set(Object.values(groups).flatMap(({ people }) => people))].sort();
}
