/**
 * One endpoint becomes one channel: trust, proxy, sizes, deadlines, retries.
 */
@NullMarked
package io.flyteconnect.channel;

import org.jspecify.annotations.NullMarked;
