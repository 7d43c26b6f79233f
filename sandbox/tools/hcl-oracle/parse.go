package main

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/hashicorp/hcl"
	"github.com/hashicorp/hcl/hcl/ast"
	"github.com/hashicorp/hcl/hcl/parser"
	"github.com/hashicorp/hcl/hcl/scanner"
	"github.com/hashicorp/hcl/hcl/token"
	jsonscanner "github.com/hashicorp/hcl/json/scanner"
	jsontoken "github.com/hashicorp/hcl/json/token"
)

func parse(text string) (file *ast.File, refused *failure) {
	defer func() {
		// The library panics at some texts; Vault closes the connection then, and stores nothing.
		if reason := recover(); reason != nil {
			file, refused = nil, &failure{Message: fmt.Sprintf("panic: %v", reason)}
		}
	}()
	file, err := hcl.Parse(text)
	if err == nil {
		return file, nil
	}
	refused = &failure{Message: err.Error(), Place: placeOf(err)}
	// The library reports what its scanner found last. Only what it found first is a mistake for sure.
	if first := firstOfScanner(text); first != nil && isOfScanner(err.Error()) {
		refused = first
	}
	return nil, refused
}

var ofScanner = regexp.MustCompile(`^(At )?\d+:\d+: (` + strings.Join([]string{
	"illegal", "unexpected null", "unicode code point", "expected '/'", "comment not", "heredoc", "invalid characters",
	"zero-length", "literal not", "numbers cannot",
}, "|") + `)`)

func isOfScanner(message string) bool {
	return ofScanner.MatchString(message) && !strings.HasSuffix(message, ": illegal character")
}

// firstOfScanner runs the scanner alone, which goes on behind its errors.
func firstOfScanner(text string) (first *failure) {
	defer func() { _ = recover() }()
	note := func(line, column int, message string) {
		if first == nil {
			first = &failure{Message: message, Place: &place{line, column}}
		}
	}
	if isJSON(text) {
		scan := jsonscanner.New([]byte(text))
		scan.Error = func(pos jsontoken.Pos, message string) { note(pos.Line, pos.Column, message) }
		for {
			read := scan.Scan()
			if first != nil {
				first.Token = &place{read.Pos.Line, read.Pos.Column}
				return first
			}
			// To this scanner a NUL character is an end too, and not the last.
			if read.Type == jsontoken.EOF && read.Pos.Offset >= len(text) {
				return nil
			}
		}
	}
	scan := scanner.New([]byte(strings.ReplaceAll(text, "\r\n", "\n")))
	scan.Error = func(pos token.Pos, message string) { note(pos.Line, pos.Column, message) }
	for {
		read := scan.Scan()
		if first != nil {
			first.Token = &place{read.Pos.Line, read.Pos.Column}
			return first
		}
		if read.Type == token.EOF {
			return nil
		}
	}
}

func isJSON(text string) bool {
	for _, character := range text {
		if !unicode.IsSpace(character) {
			return character == '{'
		}
	}
	return false
}

var (
	placed    = regexp.MustCompile(`^At (\d+):(\d+): `)
	inList    = regexp.MustCompile(`^error while trying to parse (?:object|list) within list: `)
	duplicate = regexp.MustCompile(`^The argument .* at (\d+):(\d+) was already set\. Each argument`)
)

// placeOf finds the innermost place that an error names; in a list it is in the text alone.
func placeOf(err error) *place {
	var found *place
	var placedError *parser.PosError
	if errors.As(err, &placedError) && !placedError.Pos.IsValid() {
		return nil
	}
	message := err.Error()
	for {
		if match := placed.FindStringSubmatch(message); match != nil {
			found = placeFrom(match)
			message = message[len(match[0]):]
		} else if match := inList.FindString(message); match != "" {
			message = message[len(match):]
		} else if match := duplicate.FindStringSubmatch(message); match != nil {
			return placeFrom(match)
		} else {
			return found
		}
	}
}

func placeFrom(match []string) *place {
	line, _ := strconv.Atoi(match[1])
	column, _ := strconv.Atoi(match[2])
	return &place{line, column}
}
