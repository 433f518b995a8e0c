//go:build tools

// Package hydra pins Ory Hydra, a program, with the replacement that its own module has.
package hydra

import _ "github.com/ory/hydra/v2"
