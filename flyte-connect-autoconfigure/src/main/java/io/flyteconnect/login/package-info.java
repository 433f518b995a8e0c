/**
 * What an application sees of the login: its failures, its events, tokens of its own.
 */
@NullMarked
package io.flyteconnect.login;

import org.jspecify.annotations.NullMarked;
