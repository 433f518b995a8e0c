/**
 * The login of a person in the browser (RFC 7636).
 */
@NullMarked
package io.flyteconnect.internal.grant.pkce;

import org.jspecify.annotations.NullMarked;
