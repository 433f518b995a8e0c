/**
 * What a failed connection means, and which setting mends it.
 */
@NullMarked
package io.flyteconnect.internal.channel.diagnosis;

import org.jspecify.annotations.NullMarked;
