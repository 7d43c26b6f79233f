package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/hashicorp/go-secure-stdlib/parseutil"
	"github.com/hashicorp/hcl"
	"github.com/hashicorp/hcl/hcl/ast"
)

// policy is what Vault 1.21.1 keeps of a text, by its vault/policy.go.
type policy struct {
	Name  string `json:"name"`
	Rules []rule `json:"rules"`
}

type rule struct {
	Path         string   `json:"path"`
	Capabilities []string `json:"capabilities"`
	// Parameters have the names of the text. Vault lowers them, and keeps any of two that are the same then.
	Allowed  map[string][]any `json:"allowed,omitempty"`
	Denied   map[string][]any `json:"denied,omitempty"`
	Required []string         `json:"required,omitempty"`
	// Wrapping TTLs are in nanoseconds.
	MinWrapping  time.Duration `json:"minWrapping,omitempty"`
	MaxWrapping  time.Duration `json:"maxWrapping,omitempty"`
	EventTypes   []string      `json:"eventTypes,omitempty"`
	MFAMethods   []string      `json:"mfaMethods,omitempty"`
	ControlGroup bool          `json:"controlGroup,omitempty"`
}

// block is what the library fills in from a path's block. Its tags are the words of a policy.
type block struct {
	Policy       string
	Capabilities []string
	MinWrapping  any              `hcl:"min_wrapping_ttl"`
	MaxWrapping  any              `hcl:"max_wrapping_ttl"`
	Allowed      map[string][]any `hcl:"allowed_parameters"`
	Denied       map[string][]any `hcl:"denied_parameters"`
	Required     []string         `hcl:"required_parameters"`
	MFAMethods   []string         `hcl:"mfa_methods"`
	ControlGroup *controlGroup    `hcl:"control_group"`
	EventTypes   []string         `hcl:"subscribe_event_types"`
}

type controlGroup struct {
	TTL     any                `hcl:"ttl"`
	Factors map[string]*factor `hcl:"factor"`
}

type factor struct {
	Name         string
	Identity     *identity `hcl:"identity"`
	Capabilities []string  `hcl:"controlled_capabilities"`
}

type identity struct {
	GroupIDs   []string `hcl:"group_ids"`
	GroupNames []string `hcl:"group_names"`
	Approvals  int      `hcl:"approvals"`
}

var (
	inPolicy = []string{"name", "path"}
	inPath   = []string{
		"comment", "policy", "capabilities", "allowed_parameters", "denied_parameters", "required_parameters",
		"min_wrapping_ttl", "max_wrapping_ttl", "mfa_methods", "control_group", "subscribe_event_types",
	}
	capabilities = []string{
		"create", "read", "update", "delete", "list", "sudo", "patch", "subscribe", "recover",
	}
	shortForms = map[string][]string{
		"read":  {"read", "list"},
		"write": {"create", "read", "update", "delete", "list"},
		"sudo":  {"create", "read", "update", "delete", "list", "sudo"},
	}
)

func readPolicy(file *ast.File) (read *policy, invalid *failure) {
	defer func() {
		if reason := recover(); reason != nil {
			read, invalid = nil, &failure{Message: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	read, err := policyOf(file.Node.(*ast.ObjectList))
	if err != nil {
		return nil, &failure{Message: err.Error(), Place: placeOf(err)}
	}
	return read, nil
}

func policyOf(list *ast.ObjectList) (*policy, error) {
	if err := checkKeys(list, inPolicy); err != nil {
		return nil, err
	}
	var head struct {
		Name string `hcl:"name"`
	}
	if err := hcl.DecodeObject(&head, list); err != nil {
		return nil, err
	}
	read := &policy{Name: head.Name, Rules: []rule{}}
	for _, item := range list.Filter("path").Items {
		path := "path"
		if len(item.Keys) > 0 {
			path = item.Keys[0].Token.Value().(string)
		}
		one, err := ruleOf(path, item.Val)
		if err != nil {
			return nil, err
		}
		read.Rules = append(read.Rules, *one)
	}
	return read, nil
}

func checkKeys(in ast.Node, known []string) error {
	var list *ast.ObjectList
	switch in := in.(type) {
	case *ast.ObjectList:
		list = in
	case *ast.ObjectType:
		list = in.List
	default:
		return fmt.Errorf("no object: %T", in)
	}
	for _, item := range list.Items {
		if key := item.Keys[0].Token.Value().(string); !slices.Contains(known, key) {
			return fmt.Errorf("invalid key %q", key)
		}
	}
	return nil
}

func ruleOf(path string, in ast.Node) (*rule, error) {
	if !templatesBalance(path) {
		return nil, errors.New("unbalanced templating characters")
	}
	if err := checkKeys(in, inPath); err != nil {
		return nil, err
	}
	var found block
	if err := hcl.DecodeObject(&found, in); err != nil {
		return nil, err
	}
	path = strings.TrimPrefix(path, "/")
	if strings.Contains(path, "+*") {
		return nil, errors.New("'+*' is forbidden")
	}
	granted, err := capabilitiesOf(found)
	if err != nil {
		return nil, err
	}
	if slices.Contains(granted, "deny") {
		return &rule{Path: path, Capabilities: []string{"deny"}}, nil
	}
	one := &rule{
		Path: path, Capabilities: granted, Allowed: found.Allowed, Denied: found.Denied,
		Required: found.Required, EventTypes: found.EventTypes, MFAMethods: found.MFAMethods,
		ControlGroup: found.ControlGroup != nil,
	}
	if one.MinWrapping, err = parseutil.ParseDurationSecond(found.MinWrapping); err != nil {
		return nil, err
	}
	if one.MaxWrapping, err = parseutil.ParseDurationSecond(found.MaxWrapping); err != nil {
		return nil, err
	}
	if err := checkControlGroup(found.ControlGroup, granted); err != nil {
		return nil, err
	}
	if one.MinWrapping != 0 && one.MaxWrapping != 0 && one.MaxWrapping < one.MinWrapping {
		return nil, errors.New("the longest wrapping TTL is below the shortest")
	}
	return one, nil
}

// templatesBalance is PopulateString of sdk/helper/identitytpl, as far as it looks at a policy that is written.
func templatesBalance(path string) bool {
	for index, piece := range strings.Split(path, "{{") {
		closings := 1
		if index == 0 {
			closings = 0
		}
		if strings.Count(piece, "}}") != closings {
			return false
		}
	}
	return true
}

// capabilitiesOf gives those up to a `deny`, behind which Vault does not look.
func capabilitiesOf(found block) ([]string, error) {
	granted := found.Capabilities
	if found.Policy == "deny" {
		granted = []string{"deny"}
	} else if found.Policy != "" {
		meant, known := shortForms[found.Policy]
		if !known {
			return nil, fmt.Errorf("invalid policy %q", found.Policy)
		}
		granted = append(granted, meant...)
	}
	for _, capability := range granted {
		if capability == "deny" {
			break
		}
		if !slices.Contains(capabilities, capability) {
			return nil, fmt.Errorf("invalid capability %q", capability)
		}
	}
	return granted, nil
}

func checkControlGroup(group *controlGroup, granted []string) error {
	if group == nil {
		return nil
	}
	if _, err := parseutil.ParseDurationSecond(group.TTL); err != nil {
		return err
	}
	if len(group.Factors) == 0 {
		return errors.New("no control group factors provided")
	}
	for _, factor := range group.Factors {
		if factor.Identity == nil {
			return errors.New("no control_group factor provided")
		}
		if factor.Identity.Approvals <= 0 || len(factor.Identity.GroupIDs)+len(factor.Identity.GroupNames) == 0 {
			return errors.New("a factor has a group and approvals above 0")
		}
		for _, capability := range factor.Capabilities {
			if !slices.Contains(granted, capability) {
				return errors.New("controlled capabilities are some of the policy's")
			}
		}
	}
	return nil
}
