/**
 * A command that prints a token.
 */
@NullMarked
package io.flyteconnect.oauth2.command;

import org.jspecify.annotations.NullMarked;
