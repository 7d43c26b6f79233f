package main

import (
	"fmt"

	"github.com/hashicorp/hcl/hcl/ast"
	"github.com/hashicorp/hcl/hcl/token"
)

// node is a literal, a list or an object. Nothing of a text in JSON has a place but its items.
type node struct {
	Kind  string  `json:"kind"`
	Place *place  `json:"place,omitempty"`
	List  []*node `json:"list,omitempty"`
	Items []item  `json:"items,omitempty"`
	// Value is of a literal, and absent if the library panics when it is asked for.
	Value any `json:"value,omitempty"`
}

type item struct {
	Keys     []*node `json:"keys"`
	Assigned bool    `json:"assigned"`
	Value    *node   `json:"value"`
}

func treeOf(file *ast.File) *node {
	return nodeOf(file.Node)
}

func nodeOf(of ast.Node) *node {
	switch of := of.(type) {
	case *ast.ObjectList:
		return &node{Kind: "object", Items: itemsOf(of)}
	case *ast.ObjectType:
		return &node{Kind: "object", Place: placeAt(of.Lbrace), Items: itemsOf(of.List)}
	case *ast.ListType:
		list := make([]*node, len(of.List))
		for index, element := range of.List {
			list[index] = nodeOf(element)
		}
		return &node{Kind: "list", Place: placeAt(of.Lbrack), List: list}
	case *ast.LiteralType:
		return literalOf(of.Token)
	default:
		panic(fmt.Sprintf("no kind of node: %T", of))
	}
}

func itemsOf(list *ast.ObjectList) []item {
	items := make([]item, len(list.Items))
	for index, each := range list.Items {
		keys := make([]*node, len(each.Keys))
		for at, key := range each.Keys {
			keys[at] = literalOf(key.Token)
		}
		items[index] = item{Keys: keys, Assigned: each.Assign.IsValid(), Value: nodeOf(each.Val)}
	}
	return items
}

var kinds = map[token.Type]string{
	token.IDENT: "name", token.STRING: "text", token.HEREDOC: "heredoc",
	token.NUMBER: "number", token.FLOAT: "fraction", token.BOOL: "truth",
}

func literalOf(of token.Token) *node {
	literal := &node{Kind: kinds[of.Type], Place: placeAt(of.Pos)}
	func() {
		defer func() { _ = recover() }()
		literal.Value = of.Value()
	}()
	return literal
}

func placeAt(pos token.Pos) *place {
	if !pos.IsValid() {
		return nil
	}
	return &place{pos.Line, pos.Column}
}
