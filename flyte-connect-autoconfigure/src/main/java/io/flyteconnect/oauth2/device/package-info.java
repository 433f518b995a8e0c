/**
 * A person logs in on another device (RFC 8628).
 */
@NullMarked
package io.flyteconnect.oauth2.device;

import org.jspecify.annotations.NullMarked;
