/**
 * Reads client ids, client secrets and API keys from the properties.
 */
@NullMarked
package io.flyteconnect.internal.config.credentials;

import org.jspecify.annotations.NullMarked;
