/**
 * Replaces a connection whose peer has gone silent.
 */
@NullMarked
package io.flyteconnect.channel.reconnect;

import org.jspecify.annotations.NullMarked;
