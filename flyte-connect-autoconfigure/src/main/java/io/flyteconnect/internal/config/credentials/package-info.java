/**
 * Client ids, secrets and API keys as they are written, and what becomes of them.
 */
@NullMarked
package io.flyteconnect.internal.config.credentials;

import org.jspecify.annotations.NullMarked;
