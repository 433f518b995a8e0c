/**
 * The conformance suite of Connect, against the channel.
 */
@NullMarked
package io.flyteconnect.conformance;

import org.jspecify.annotations.NullMarked;
