/**
 * Requests to a token endpoint and their answers.
 */
@NullMarked
package io.flyteconnect.internal.endpoint;

import org.jspecify.annotations.NullMarked;
