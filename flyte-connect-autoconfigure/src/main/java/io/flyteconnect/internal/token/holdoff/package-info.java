/**
 * How long nobody asks again after a failure or a rejection.
 */
@NullMarked
package io.flyteconnect.internal.token.holdoff;

import org.jspecify.annotations.NullMarked;
