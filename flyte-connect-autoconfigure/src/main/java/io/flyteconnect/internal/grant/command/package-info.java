/**
 * Tokens that a command prints.
 */
@NullMarked
package io.flyteconnect.internal.grant.command;

import org.jspecify.annotations.NullMarked;
