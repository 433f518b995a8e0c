/**
 * Where the certificates to trust come from, and what to do where one is missing.
 */
@NullMarked
package io.flyteconnect.internal.tls.ca;

import org.jspecify.annotations.NullMarked;
