// Says of each text what the libraries of Vault 1.21.1 make of it: whether HCL 1 has it, with which values, and which
// rules it has as an ACL policy. The tests compare lib/hcl and lib/policy with it.
//
// It reads a JSON array of texts, and writes a JSON array with an answer for each.
package main

import (
	"encoding/json"
	"fmt"
	"os"
)

// place is a line and a column, both counted from 1. A column counts characters.
type place struct {
	Line   int `json:"line"`
	Column int `json:"column"`
}

// failure is why a text, or a policy, is refused.
type failure struct {
	Message string `json:"message"`
	// Place is absent if the library gives none.
	Place *place `json:"place,omitempty"`
	// Token is where the token begins in which the scanner found it.
	Token *place `json:"token,omitempty"`
}

// answer has a tree or an error of syntax, and with a tree the policy or why Vault refuses it.
type answer struct {
	Refused *failure `json:"refused,omitempty"`
	Tree    *node    `json:"tree,omitempty"`
	Invalid *failure `json:"invalid,omitempty"`
	Policy  *policy  `json:"policy,omitempty"`
}

func main() {
	var texts []string
	if err := json.NewDecoder(os.Stdin).Decode(&texts); err != nil {
		fail(err)
	}
	answers := make([]answer, len(texts))
	for index, text := range texts {
		answers[index] = answerTo(text)
	}
	if err := json.NewEncoder(os.Stdout).Encode(answers); err != nil {
		fail(err)
	}
}

func answerTo(text string) answer {
	file, refused := parse(text)
	if refused != nil {
		return answer{Refused: refused}
	}
	found := answer{Tree: treeOf(file)}
	found.Policy, found.Invalid = readPolicy(file)
	return found
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(1)
}
