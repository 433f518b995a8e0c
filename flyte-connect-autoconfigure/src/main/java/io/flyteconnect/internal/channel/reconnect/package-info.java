/**
 * Replaces a connection over which nothing comes back.
 */
@NullMarked
package io.flyteconnect.internal.channel.reconnect;

import org.jspecify.annotations.NullMarked;
