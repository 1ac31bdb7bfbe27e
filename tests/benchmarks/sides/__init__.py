"""What is run beside ours: peers as their documentation shows them, and floors."""
