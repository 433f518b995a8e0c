/**
 * What is said of a failed login: what happened, and which settings to check.
 */
@NullMarked
package io.flyteconnect.internal.client.failure;

import org.jspecify.annotations.NullMarked;
