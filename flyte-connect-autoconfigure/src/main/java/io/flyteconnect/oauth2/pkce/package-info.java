/**
 * A person logs in with a browser on this machine (RFC 7636, RFC 8252).
 */
@NullMarked
package io.flyteconnect.oauth2.pkce;

import org.jspecify.annotations.NullMarked;
