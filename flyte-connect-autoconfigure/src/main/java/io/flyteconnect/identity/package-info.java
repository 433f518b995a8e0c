/**
 * Models of Flyte's IDL for the identity and the secrets of an execution, and for the
 * user that Flyte knows the caller as.
 */
@NullMarked
package io.flyteconnect.identity;

import org.jspecify.annotations.NullMarked;
