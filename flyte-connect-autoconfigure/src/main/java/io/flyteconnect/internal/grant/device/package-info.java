/**
 * The login of a person on another device (RFC 8628).
 */
@NullMarked
package io.flyteconnect.internal.grant.device;

import org.jspecify.annotations.NullMarked;
